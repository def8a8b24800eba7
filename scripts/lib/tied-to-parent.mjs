// Loaded with --import into web and worker: without their parent nobody would stop them, and they would hold the port.
const PATIENCE_MS = 10_000

if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), PATIENCE_MS).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref()
}
