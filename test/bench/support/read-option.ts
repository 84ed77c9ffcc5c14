/** `--name=value` on the command line. */
export function readOption(name: string): string | undefined {
  const flag = `--${name}=`;
  return process.argv.find((argument) => argument.startsWith(flag))?.slice(flag.length);
}
