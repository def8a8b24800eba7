import { CopyId } from '../ui/copy-id'
import { Icon } from '../ui/icon'
import { Refusal } from './call-api'

export interface FormRefusalProps {
  error: Error
  /** Issues of fields that show their own words are left out here. */
  shownFields?: readonly string[]
}

/** Why a form was refused, with every place that is wrong; nothing was changed. */
export function FormRefusal({ error, shownFields = [] }: FormRefusalProps) {
  const issues =
    error instanceof Refusal
      ? error.issues.filter((issue) => !shownFields.includes(issue.path.split('.')[0] ?? ''))
      : []
  return (
    <div role="alert" className="text-meta">
      <p className="flex items-start gap-1.5 text-breach">
        <Icon name="breach" size={14} className="mt-px" />
        {error.message}
      </p>
      {issues.length > 0 && (
        <ul className="mt-1 ml-5 text-ink-2">
          {issues.map((issue) => (
            <li key={`${issue.path} ${issue.message}`}>
              <b className="font-medium text-ink">{issue.path}</b> {issue.message}
            </li>
          ))}
        </ul>
      )}
      {error instanceof Refusal && error.requestId && (
        <p className="mt-1 ml-5 flex items-center gap-1 text-muted">
          Request <CopyId id={error.requestId} />
        </p>
      )}
    </div>
  )
}
