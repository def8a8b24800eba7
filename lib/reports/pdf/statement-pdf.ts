import { explainUrl, instrumentAddress, statementAddress } from '@/lib/contracts/explain'
import { STATUS_LABEL } from '../narrative'
import type { Statement } from '../statement-model'
import { drawCover } from './cover'
import { drawBridge, drawInstruments, drawMemos } from './memos'
import { openPaper } from './paper'
import {
  drawEnergy,
  drawExact,
  drawFactors,
  drawGroups,
  drawMethod,
  drawQuality,
  drawScopes,
  drawSites,
} from './sections'

/**
 * A statement as a tagged PDF. The same statement gives the same bytes: nothing here asks the clock. Each figure of the scope table links
 * to its explanation at `origin`, such as https://example.org.
 */
export const statementPdf = (statement: Statement, { origin = '' }: { origin?: string } = {}): Promise<Buffer> => {
  const { entity, year, status, methodVersion, factsSha256, books } = statement
  const title = `Climate statement ${year}, ${entity.name}`
  const paper = openPaper({
    title: entity.isDemo ? `DEMO · ${title}` : title,
    author: entity.name,
    subject: `Greenhouse gas emissions of the AI compute perimeter in ${year}, ESRS E1-6`,
    keywords: `ESRS E1-6, AI compute perimeter, ${methodVersion}, facts sha256 ${factsSha256}`,
    date: new Date(books.posted_at ?? `${year + 1}-01-01T00:00:00Z`),
    running: { left: entity.name, right: `Climate statement, AI compute perimeter, ${year}` },
    foot: {
      parts: [
        entity.name,
        String(year),
        entity.isDemo ? `DEMO · ${STATUS_LABEL[status]}` : STATUS_LABEL[status],
        methodVersion,
      ],
      digest: `${factsSha256.slice(0, 8)}…${factsSha256.slice(-8)}`,
    },
    watermark: entity.isDemo ? 'DEMO' : status === 'provisional' ? 'DRAFT' : null,
  })
  const linkOf = (code: string) => explainUrl(entity.slug, statementAddress(year, code), origin)
  drawCover(paper, statement)
  drawScopes(paper, statement, linkOf)
  drawInstruments(paper, statement, (id) => explainUrl(entity.slug, instrumentAddress(id), origin))
  drawBridge(paper, statement)
  drawEnergy(paper, statement)
  drawGroups(paper, statement)
  drawSites(paper, statement)
  drawQuality(paper, statement)
  drawMemos(paper, statement)
  drawMethod(paper, statement)
  drawFactors(paper, statement)
  drawExact(paper, statement, linkOf)
  return paper.finish()
}

/** `DEMO-wattledger-acme-2025.pdf` */
export const statementFileName = ({ entity, year }: Statement): string =>
  `${entity.isDemo ? 'DEMO-' : ''}wattledger-${entity.slug}-${year}.pdf`
