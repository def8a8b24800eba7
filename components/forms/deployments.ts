import { DEPLOYMENTS, type DeploymentName, STAGES, type StageName } from '@/lib/contracts/common'
import type { SelectOption } from '../ui/select'

const DEPLOYMENT_LABEL: Record<DeploymentName, string> = {
  owned: 'Owned data centre',
  colocation_controlled: 'Colocation, operational control',
  colocation: 'Colocation, no control',
  cloud: 'Public cloud',
  api: 'Third-party model API',
  customer: 'At the customer',
}
export const deploymentOptions: SelectOption[] = DEPLOYMENTS.map((value) => ({
  value,
  label: DEPLOYMENT_LABEL[value],
}))

const STAGE_LABEL: Record<StageName, string> = {
  'data-preparation': 'Data preparation',
  training: 'Training',
  'fine-tuning': 'Fine-tuning',
  evaluation: 'Evaluation',
  inference: 'Inference',
}
export const stageOptions: SelectOption[] = STAGES.map((value) => ({ value, label: STAGE_LABEL[value] }))
