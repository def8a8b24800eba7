import { CodeBlock } from '@/components/forms/code-block'
import type { SetupStep } from './kinds'

/** What to paste, in order. */
export function SetupSteps({ steps }: { steps: readonly SetupStep[] }) {
  return (
    <div className="grid gap-5">
      {steps.map((step) => (
        <div key={step.label} className="min-w-0">
          <h3 className="text-meta font-medium">{step.label}</h3>
          <p className="mb-2 max-w-[78ch] text-meta text-muted">{step.says}</p>
          <CodeBlock label={step.label} code={step.code} />
        </div>
      ))}
    </div>
  )
}
