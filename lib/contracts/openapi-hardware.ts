import { z } from 'zod'
import {
  assetEditAnswerSchema,
  assetFieldsSchema,
  assetListSchema,
  serverEstimateSchema,
  serverPartsSchema,
} from './assets'
import { importAnswerSchema, importQuerySchema } from './imports'
import { meterEditAnswerSchema, meterFieldsSchema, meterListSchema } from './meters'
import type { Operation } from './openapi'
import { measurementAnswerSchema, measurementFieldsSchema, measurementListSchema } from './site-measurements'

const org = z.object({ org: z.string().optional() })
const csv = (description: string) => ({ status: 200, type: 'text/csv', description })
const imported = {
  query: importQuerySchema,
  body: 'text/csv' as const,
  answer: {
    status: 200,
    schema: importAnswerSchema,
    description:
      'Each row new, changed, unchanged or refused; a dry run stores nothing, a real import all of it or nothing.',
  },
}

/** Assets, and the registers of a site. */
export const HARDWARE_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/api/v1/assets',
    scope: 'read',
    summary: 'Hardware assets with purchase, life, embodied value and disposal.',
    answer: { status: 200, schema: assetListSchema, description: 'Assets.' },
  },
  {
    method: 'post',
    path: '/api/v1/assets',
    scope: 'admin',
    body: assetFieldsSchema,
    summary: 'Add an asset; days on which its hardware was used are posted again.',
    answer: { status: 201, schema: assetEditAnswerSchema, description: 'Added.' },
  },
  {
    method: 'put',
    path: '/api/v1/assets/{asset}',
    scope: 'admin',
    body: assetFieldsSchema,
    summary: 'Change an asset.',
    answer: { status: 200, schema: assetEditAnswerSchema, description: 'Changed.' },
  },
  {
    method: 'delete',
    path: '/api/v1/assets/{asset}',
    scope: 'admin',
    summary: 'Take an asset out of the register.',
    answer: { status: 200, schema: assetEditAnswerSchema, description: 'Taken out; it can be taken back.' },
  },
  {
    method: 'post',
    path: '/api/v1/assets/{asset}/restore',
    scope: 'admin',
    summary: 'Take a removed asset back.',
    answer: { status: 200, schema: assetEditAnswerSchema, description: 'In the register again.' },
  },
  {
    method: 'post',
    path: '/api/v1/assets/import',
    scope: 'admin',
    ...imported,
    summary: 'Import assets from CSV.',
  },
  {
    method: 'post',
    path: '/api/v1/assets/bottom-up',
    scope: 'read',
    body: serverPartsSchema,
    summary: 'Embodied carbon of a server from its parts; stores nothing.',
    answer: { status: 200, schema: serverEstimateSchema, description: 'kg CO2e by part, with the coefficients used.' },
  },
  {
    method: 'get',
    path: '/api/v1/exports/assets.csv',
    scope: 'read',
    query: org,
    summary: 'Assets as CSV, in the columns of the import.',
    answer: csv('One row an asset.'),
  },
  {
    method: 'get',
    path: '/api/v1/sites/{site}/meters',
    scope: 'read',
    summary: 'The meter register of a site.',
    answer: { status: 200, schema: meterListSchema, description: 'Meters.' },
  },
  {
    method: 'post',
    path: '/api/v1/sites/{site}/meters',
    scope: 'admin',
    body: meterFieldsSchema,
    summary: 'Add a meter to the register of a site.',
    answer: { status: 201, schema: meterEditAnswerSchema, description: 'Added.' },
  },
  {
    method: 'put',
    path: '/api/v1/sites/{site}/meters/{meter}',
    scope: 'admin',
    body: meterFieldsSchema,
    summary: 'Change a meter: its last day, its calibration.',
    answer: { status: 200, schema: meterEditAnswerSchema, description: 'Changed.' },
  },
  {
    method: 'delete',
    path: '/api/v1/sites/{site}/meters/{meter}',
    scope: 'admin',
    summary: 'Take a mistaken line out of the register.',
    answer: { status: 200, schema: meterEditAnswerSchema, description: 'Taken out.' },
  },
  {
    method: 'post',
    path: '/api/v1/sites/{site}/meters/import',
    scope: 'admin',
    ...imported,
    summary: 'Import the meters of a site from CSV.',
  },
  {
    method: 'get',
    path: '/api/v1/sites/{site}/meters.csv',
    scope: 'read',
    query: org,
    summary: 'The meter register as CSV, in the columns of the import.',
    answer: csv('One row a meter.'),
  },
  {
    method: 'get',
    path: '/api/v1/sites/{site}/measurements',
    scope: 'read',
    summary: 'Monthly measurements of a site, every revision.',
    answer: { status: 200, schema: measurementListSchema, description: 'Measurements.' },
  },
  {
    method: 'post',
    path: '/api/v1/sites/{site}/measurements',
    scope: 'admin',
    body: measurementFieldsSchema,
    summary: 'Record a month of water, energy or reused heat; a correction is the next revision.',
    answer: { status: 201, schema: measurementAnswerSchema, description: 'Recorded.' },
  },
  {
    method: 'post',
    path: '/api/v1/sites/{site}/measurements/import',
    scope: 'admin',
    ...imported,
    summary: 'Import monthly measurements of a site from CSV.',
  },
  {
    method: 'get',
    path: '/api/v1/sites/{site}/measurements.csv',
    scope: 'read',
    query: org,
    summary: 'What stands of each month as CSV, in the columns of the import.',
    answer: csv('One row a month and quantity.'),
  },
]
