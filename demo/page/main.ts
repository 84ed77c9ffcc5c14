import '../../src/index.js';
import { DemoServer } from './demo-server.js';
import { EventLog } from './event-log.js';
import { startFaultPanel } from './fault-panel.js';
import { showMode } from './notice.js';
import { Players } from './players.js';
import { startSettingsPanel } from './settings-panel.js';
import { showSnippet, startCopyButton } from './snippet.js';

const server = new DemoServer();
const config = await server.loadConfig();
const log = new EventLog();
const players = new Players({
  config,
  nowMs: () => server.nowMs(),
  onEvent: (entry) => log.add(entry),
});

showMode(config);
startCopyButton();
if (config.mode !== 'incomplete') startFaultPanel(server, config);
startSettingsPanel((settings) => {
  players.update(settings);
  showSnippet(config, settings);
});
