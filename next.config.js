// @ts-check
/** @type {import('next').NextConfig} */
const nextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // pdfkit reads font data files beside its own source, so it must stay outside the bundle.
  serverExternalPackages: ['pdfkit', '@rapideditor/country-coder'],
  // The image optimizer fetches on request; this product shows no remote images (CVE-2026-94483).
  images: { unoptimized: true },
  // Types are a step of `npm test`; a copy that is being started need not check them again.
  typescript: { ignoreBuildErrors: true },
}
export default nextConfig
