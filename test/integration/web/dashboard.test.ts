import { describeInChromium } from './dashboard-in-chromium.js';
import { livePage } from './dashboard/live-page.js';
import { everyPage } from './dashboard/every-page.js';
import { figuresPages } from './dashboard/figures-pages.js';
import { cameraEditor } from './dashboard/camera-editor.js';
import { terminalPage } from './dashboard/terminal-page.js';
import { connection } from './dashboard/connection.js';
import { access } from './dashboard/access.js';

describeInChromium('the dashboard in Chromium over the real service', 240_000, (dashboard) => {
  livePage(dashboard);
  everyPage(dashboard);
  figuresPages(dashboard);
  cameraEditor(dashboard);
  terminalPage(dashboard);
  connection(dashboard);
  access(dashboard);
});
