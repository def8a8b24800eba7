'use client'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { cx } from '../ui/cx'
import { Icon, type IconName } from '../ui/icon'

const CHOICES: readonly { value: string; label: string; icon: IconName }[] = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'system', label: 'System', icon: 'screen' },
]
const never = () => () => {}

/** Three buttons where there is room; on the rail one that goes round. */
export function ThemeSwitch({ compact = false }: { compact?: boolean }) {
  const { theme = 'system', setTheme } = useTheme()
  // The server cannot know the stored choice; nothing is pressed until the browser says.
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const at = CHOICES.findIndex((choice) => choice.value === theme)
  const now = CHOICES[at] ?? CHOICES[2]
  const next = CHOICES[(at + 1) % CHOICES.length] ?? CHOICES[0]
  if (compact)
    return (
      <button
        type="button"
        onClick={() => next && setTheme(next.value)}
        aria-label={known ? `Theme: ${now?.label}. Change to ${next?.label}` : 'Theme'}
        className="grid size-8 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink"
      >
        <Icon name={known && now ? now.icon : 'screen'} />
      </button>
    )
  return (
    <fieldset aria-label="Theme" className="flex gap-0.5">
      {CHOICES.map((choice) => {
        const on = known && choice.value === theme
        return (
          <button
            key={choice.value}
            type="button"
            aria-pressed={on}
            aria-label={`${choice.label} theme`}
            title={`${choice.label} theme`}
            onClick={() => setTheme(choice.value)}
            className={cx(
              'grid size-6.5 place-items-center rounded-control',
              on ? 'bg-ink text-paper' : 'text-muted hover:bg-sunken hover:text-ink',
            )}
          >
            <Icon name={choice.icon} size={14} />
          </button>
        )
      })}
    </fieldset>
  )
}
