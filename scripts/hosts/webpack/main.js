import 'gpt-elements/autoloader.js';
