'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { ExplainDrawer } from './explain-drawer'

const PARAMETER = 'explain'
/** How many explanations lie above the page in the history: closing leaves them all, Back leaves one. */
const DEPTH = 'explainDepth'

const depthNow = (): number => {
  const state: unknown = window.history.state
  if (typeof state !== 'object' || state === null || !(DEPTH in state)) return 0
  return typeof state[DEPTH] === 'number' ? state[DEPTH] : 0
}

const addressWith = (explain: string | null): string => {
  const url = new URL(window.location.href)
  if (explain === null) url.searchParams.delete(PARAMETER)
  else url.searchParams.set(PARAMETER, explain)
  return `${url.pathname}${url.search}${url.hash}`
}

const isTyping = (element: Element | null): boolean =>
  element instanceof HTMLElement &&
  (element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName))

const openerOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[data-explain-open]')

/** The address that an element stands for: its own, or that of the figure around it. */
const addressAt = (element: Element | null): string | null => {
  if (element === null) return null
  const own = openerOf(element)?.dataset.explainOpen
  return own ?? element.closest<HTMLElement>('[data-explain]')?.dataset.explain ?? null
}

/** Which keyboard stop opened the explanation of an address, to give the focus back to. */
const stopOf = (address: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-frame] [data-explain-open="${CSS.escape(address)}"]`)

/**
 * Listens once for all figures of a page: a click on ƒ or on a figure, or `w` while one has the focus, opens its explanation. `w` acts
 * only on the element in focus (WCAG 2.1.4). The state is the URL: `?explain=<address>` can be sent on, Back closes.
 */
export function ExplainDesk({ org }: { org: string }) {
  const address = useSearchParams().get(PARAMETER)
  const opener = useRef<HTMLElement | null>(null)

  const open = useCallback((next: string, from: HTMLElement | null) => {
    const depth = depthNow()
    if (new URL(window.location.href).searchParams.get(PARAMETER) === next) return
    if (depth === 0) opener.current = from ?? stopOf(next)
    window.history.pushState({ [DEPTH]: depth + 1 }, '', addressWith(next))
  }, [])
  const close = useCallback(() => {
    const depth = depthNow()
    if (depth > 0) window.history.go(-depth)
    else window.history.replaceState(null, '', addressWith(null))
  }, [])

  useEffect(() => {
    const press = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      if (!(event.target instanceof Element)) return
      const stop = openerOf(event.target)
      if (stop?.dataset.explainOpen) {
        event.preventDefault()
        open(stop.dataset.explainOpen, stop)
        return
      }
      // Another control inside a figure keeps its own meaning, and text can be selected.
      if (event.target.closest('a, button, input, select, textarea, label, summary')) return
      if (window.getSelection()?.toString()) return
      const figure = event.target.closest<HTMLElement>('[data-explain]')?.dataset.explain
      if (figure) open(figure, null)
    }
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'w' || event.repeat || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return
      const focused = document.activeElement
      if (isTyping(focused)) return
      const asked = addressAt(focused)
      if (asked === null) return
      event.preventDefault()
      open(asked, focused instanceof HTMLElement ? focused : null)
    }
    document.addEventListener('click', press)
    document.addEventListener('keydown', key)
    return () => {
      document.removeEventListener('click', press)
      document.removeEventListener('keydown', key)
    }
  }, [open])

  const isOpen = address !== null
  useEffect(() => {
    if (isOpen || opener.current === null) return
    const back = opener.current
    opener.current = null
    // After the drawer has let go of the focus.
    const frame = requestAnimationFrame(() => back.isConnected && back.focus())
    return () => cancelAnimationFrame(frame)
  }, [isOpen])

  if (address === null) return null
  return <ExplainDrawer key={org} org={org} address={address} onClose={close} />
}
