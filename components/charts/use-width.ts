'use client'
import { type RefObject, useEffect, useState } from 'react'

/** Width of an element in px; `initial` until it was measured, so that the server draws something sensible. */
export function useWidth(ref: RefObject<HTMLElement | null>, initial: number): number {
  const [width_px, setWidth] = useState(initial)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width_px
}
