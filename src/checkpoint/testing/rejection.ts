/** Returns the error with which the work fails. */
export async function rejectionOf(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('The work succeeded, though it should fail.');
}
