import type { Product } from '@/lib/contracts/explain-answer'
import { grouped } from './exact-text'

/** A multiplication with its numbers as they were multiplied, unrounded: `1,200,000,000 µWh × 312.4 g/kWh`. */
export const productText = (product: Product): string | null => {
  switch (product.by) {
    case 'given':
      return null
    case 'facility':
      return `${grouped(String(product.it_uwh))} µWh × ${product.pue}`
    case 'emissions':
      return `${grouped(String(product.uwh))} µWh × ${product.g_per_kwh} g/kWh`
    case 'losses':
      return `${grouped(String(product.uwh))} µWh × ${product.g_per_kwh} g/kWh × ${product.fraction} ÷ (1 − ${product.fraction})`
    case 'water':
      return `${grouped(String(product.uwh))} µWh × ${product.l_per_kwh} L/kWh`
    case 'embodied': {
      const { kg_per_device, devices, ms, life_hours, planned_use } = product
      return `${kg_per_device} kg × ${devices} × ${grouped(String(ms))} ms ÷ (${grouped(String(life_hours))} h × ${planned_use})`
    }
    case 'activity':
      return `${product.quantity} × ${product.kg_per_unit} kg`
  }
}
