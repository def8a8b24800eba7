import type { ButtonHTMLAttributes } from 'react'
import { cx } from './cx'
import { Icon, type IconName } from './icon'

export const iconButtonClass =
  'inline-grid size-6.5 flex-none place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink'

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  icon: IconName
  label: string
}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={cx(iconButtonClass, className)} {...rest}>
      <Icon name={icon} />
    </button>
  )
}
