/** Where Meridian Labs computes, and what measures there. */

export interface Place {
  /** As senders write it; its slug is the site's address. Null: the sender names no site. */
  site: string | null
  /** As people read it. */
  name: string
  zone: string | null
  deployment: 'owned' | 'colocation_controlled' | 'colocation' | 'cloud' | 'api' | 'customer'
  cloudRegion: string | null
  declaredPue: { pue: number; source: string } | null
  /** Which client sends this place's readings. */
  source: string
  /** Whether that client asks the cloud provider's usage export, which tells energy by the hour. */
  tellsDeltas: boolean
}

const cloud = (
  site: string,
  cloudRegion: string,
  zone: string,
  source: string,
  declaredPue: Place['declaredPue'] = null,
): Place => ({
  site,
  name: site,
  zone,
  deployment: 'cloud',
  cloudRegion,
  declaredPue,
  source,
  tellsDeltas: true,
})

export const FRANKFURT: Place = {
  site: 'FRA-2',
  name: 'FRA-2 Frankfurt',
  zone: 'DE',
  deployment: 'colocation_controlled',
  cloudRegion: null,
  declaredPue: { pue: 1.3, source: 'Design PUE, colocation contract with Nordhaus DC GmbH' },
  source: 'Cluster gateway FRA-2',
  tellsDeltas: false,
}

export const LULEA: Place = {
  site: 'LUL-1',
  name: 'LUL-1 Luleå',
  zone: 'SE',
  deployment: 'owned',
  cloudRegion: null,
  declaredPue: { pue: 1.1, source: 'Design PUE, as built' },
  source: 'Cluster gateway LUL-1',
  tellsDeltas: false,
}

/** Iceland is in no list of direct factors: only a life-cycle average is known, so its figures are screening figures. */
export const KEFLAVIK: Place = {
  site: 'KEF-1',
  name: 'KEF-1 Keflavík',
  zone: 'IS',
  deployment: 'colocation',
  cloudRegion: null,
  declaredPue: { pue: 1.2, source: 'Offer of the landlord' },
  source: 'Rack PDU KEF-1',
  tellsDeltas: false,
}

export const VIRGINIA = cloud('AWS us-east-1', 'aws:us-east-1', 'US-MIDA-PJM', 'AWS usage import', {
  pue: 1.15,
  source: 'AWS, PUE by region 2024, confirmed by the analyst',
})
export const NETHERLANDS = cloud('GCP europe-west4', 'gcp:europe-west4', 'NL', 'Google Cloud usage import')
/** No hourly data is imported for these three: a profile (tier 3), a zone's year (4) and a country's year (5) stand in. */
export const IOWA = cloud('GCP us-central1', 'gcp:us-central1', 'US-MIDW-MISO', 'Google Cloud usage import')
export const IRELAND = cloud('AWS eu-west-1', 'aws:eu-west-1', 'IE', 'AWS usage import')
export const MUMBAI = cloud('AWS ap-south-1', 'aws:ap-south-1', 'IN-WE', 'AWS usage import')

/** A pilot in a customer's rooms; nobody has said yet on which grid. */
export const CUSTOMER: Place = {
  site: null,
  name: 'Customer pilot',
  zone: null,
  deployment: 'customer',
  cloudRegion: null,
  declaredPue: null,
  source: 'Pilot appliance',
  tellsDeltas: false,
}

export const PLACES = [FRANKFURT, LULEA, KEFLAVIK, VIRGINIA, NETHERLANDS, IOWA, IRELAND, MUMBAI, CUSTOMER]
