/** Reports how many of the kernels are compiled. */
export type Progress = (done: number, total: number) => void;
