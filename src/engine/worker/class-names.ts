import {classesOf} from '../../data/load-labeled.js';
import type {ModelSpec} from '../protocol.js';

/** Returns the names of a task's classes; undefined where it has none. */
export const classNames = (task: ModelSpec['task']): readonly string[] | undefined =>
  task?.kind === 'classification' ? classesOf(task.data) : undefined;
