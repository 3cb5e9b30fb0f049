const REASONS: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'its path is too long',
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'a part of its path is not a directory',
  EIO: 'the disk gave an error',
  ESTALE: 'the network file system lost it',
  ERR_INVALID_ARG_VALUE: 'its name holds a NUL character',
};

/** The code of a failed system call; '' when there is none. */
export function errnoCode(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.code ?? '';
}

/** Why a system call failed, as one clause for people. */
export function errnoReason(error: unknown): string {
  const code = errnoCode(error);
  return REASONS[code] ?? `the system answered ${code || 'with an error'}`;
}

/** True when the path leads to nothing, so that there is nothing to be known about it. */
export function isAbsent(error: unknown): boolean {
  const code = errnoCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
