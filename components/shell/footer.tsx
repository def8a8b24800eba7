export interface FooterProps {
  orgName: string
  isDemo?: boolean
  /** `mth_ghgp@4.2` */
  methodVersion: string
  appVersion: string
}

export function Footer({ orgName, isDemo, methodVersion, appVersion }: FooterProps) {
  return (
    <footer className="flex flex-none flex-wrap gap-x-5 gap-y-1 border-t border-hairline px-(--gutter) py-2.5 text-micro whitespace-nowrap text-muted">
      <span>
        {orgName}
        {isDemo && ' · synthetic data'}
      </span>
      <span>Method {methodVersion}</span>
      <span>Times UTC</span>
      <span className="ml-auto font-mono [font-feature-settings:'zero']">{appVersion}</span>
    </footer>
  )
}
