import { render } from 'preact';
import { App } from './app.js';
import { Kiosk } from './kiosk.js';
import { keepPage } from './keep-page.js';
import './kiosk.css';

const host = document.getElementById('app');
if (host !== null) {
  Kiosk.open().then(
    (kiosk) => render(<App kiosk={kiosk} />, host),
    () => render(<App kiosk={null} />, host),
  );
}
keepPage();
