/** What an estimate cannot be made from, and the field that says so. */
export class EstimateRefusal extends Error {
  constructor(
    /** As a path into the request: `stages.0.watts`. */
    readonly path: string,
    message: string,
  ) {
    super(message)
    this.name = 'EstimateRefusal'
  }
}
