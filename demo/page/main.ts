import '../../src/index.js';
import { DemoServer } from './demo-server.js';
import { EventLog } from './event-log.js';
import { startFaultPanel } from './fault-panel.js';
import { showMode } from './notice.js';
import { Players } from './players.js';
import { Recording } from './recording/recording.js';
import { watchRequests } from './recording/watch-requests.js';
import { startSettingsPanel } from './settings-panel.js';
import { showSnippet, startCopyButton } from './snippet.js';
import { TimelinePanel } from './timeline/timeline-panel.js';

const server = new DemoServer();
const config = await server.loadConfig();
const log = new EventLog();
const recording = new Recording();
const players = new Players({
  config,
  nowMs: () => server.nowMs(),
  onEvent: (entry) => log.add(entry),
  recording,
});

showMode(config);
startCopyButton();
watchRequests(recording, config);
new TimelinePanel(recording, () => location.href).start();
if (config.mode !== 'incomplete') startFaultPanel(server, config);
startSettingsPanel((settings) => {
  players.update(settings);
  showSnippet(config, settings);
});
