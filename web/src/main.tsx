import { render } from 'preact';
import { App } from './app.js';
import './styles/index.css';

const host = document.getElementById('app');
if (host !== null) render(<App />, host);
