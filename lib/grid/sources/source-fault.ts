/** An answer of an intensity source that is not what was asked for, in words for people. */
export class SourceFault extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'SourceFault'
  }
}
