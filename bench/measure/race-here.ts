/** The contestants that get on with each other in one page. */
import {openJax} from '../peers/jax.js';
import {openPlan} from '../peers/plan.js';
import {openReference} from '../peers/reference.js';
import {openStock} from '../peers/stock.js';
import {race} from './race.js';

Object.assign(
  globalThis,
  race({plan: openPlan, reference: openReference, stock: openStock, jaxjs: () => openJax()}),
);
