// @ts-check
/** @type {import('next').NextConfig} */
const nextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // pdfkit reads font data files beside its own source, so it must stay outside the bundle.
  serverExternalPackages: ['pdfkit', '@rapideditor/country-coder'],
  // The image optimizer fetches on request; this product shows no remote images (CVE-2026-94483).
  images: { unoptimized: true },
}
export default nextConfig
