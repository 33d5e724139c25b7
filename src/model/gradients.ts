/** tfjs-core registers no gradients by itself: importing this file once makes the model trainable. */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
