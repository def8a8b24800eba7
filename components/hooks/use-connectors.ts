'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type ConnectorList,
  type ConnectorRequest,
  type ConnectorView,
  connectorListSchema,
  connectorSchema,
  connectorTestSchema,
} from '@/lib/contracts/connectors'
import { callApi, jsonBody } from '../forms/call-api'

const PATH = '/api/v1/connectors'
const EVERY_MS = 5000
const keyOf = (org: string) => ['connectors', org] as const

/** GET /api/v1/connectors, again every five seconds while the page is seen: a back-fill is watched. */
export const useConnectors = (org: string, initial: ConnectorList) =>
  useQuery({
    queryKey: keyOf(org),
    queryFn: ({ signal }) => callApi(PATH, org, connectorListSchema, { signal }),
    initialData: initial,
    refetchInterval: EVERY_MS,
  })

/** As the server told it, without a secret: then the kept one stays. */
export type StoredFields = Pick<ConnectorView, 'kind' | 'name' | 'settings' | 'is_active'>

/** POST, or PUT of one. The secret leaves the memory with the dialog. */
export const useSaveConnector = (org: string, connectorId: string | null) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fields: ConnectorRequest | StoredFields) =>
      connectorId === null
        ? callApi(PATH, org, connectorSchema, jsonBody('POST', fields))
        : callApi(`${PATH}/${connectorId}`, org, connectorSchema, jsonBody('PUT', fields)),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(org) }),
    gcTime: 0,
  })
}

/** DELETE: it cannot be taken back, because its secret is gone. */
export const useRemoveConnector = (org: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (connectorId: string) => callApi(`${PATH}/${connectorId}`, org, connectorSchema, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(org) }),
  })
}

/** POST …/backfill */
export const useBackfill = (org: string, connectorId: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: { from: string; to: string }) =>
      callApi(`${PATH}/${connectorId}/backfill`, org, connectorSchema, jsonBody('POST', asked)),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(org) }),
  })
}

/** POST …/test: waits until the worker has asked. */
export const useTestConnector = (org: string, connectorId: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callApi(`${PATH}/${connectorId}/test`, org, connectorTestSchema, { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(org) }),
  })
}
