// Runs before every script, on whatever Node there is, so it is plain JavaScript an old Node can read.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Logline needs Node 22.18 or newer and found ${process.versions.node}. ` +
      'Run "npm ci" once more: it brings its own Node 24. Or install Node 24 and try again.',
  );
  process.exit(1);
}
