import '../../src/index.js';
import type { Faults } from '../shared/faults.js';
import { Bench } from './bench/bench.js';
import { startCopyButton } from './copy-button.js';
import { DemoServer } from './demo-server.js';
import { EventLog } from './event-log.js';
import { FaultPanel } from './fault-panel.js';
import { showLinkProblems, toAddress, writeAddress } from './link/address.js';
import { canDo, findUnavailable } from './link/find-unavailable.js';
import { parseLink } from './link/link.js';
import { showMode } from './notice.js';
import { OwnPanel } from './own/own-panel.js';
import { toSource } from './own/to-source.js';
import { Players } from './players.js';
import { Recording } from './recording/recording.js';
import { watchRequests } from './recording/watch-requests.js';
import type { Settings } from './settings.js';
import { listenToSettings, showSettings } from './settings-panel.js';
import { showSnippet, startSnippet } from './snippet.js';
import { resolveSource, type Source } from './source.js';
import { TimelinePanel } from './timeline/timeline-panel.js';

const server = new DemoServer();
const config = await server.loadConfig();
const opened = parseLink(location.search);
let { settings } = opened;
let ownSource: Source | undefined;

const log = new EventLog();
const recording = new Recording();
const players = new Players({
  nowMs: () => server.nowMs(),
  onEvent: (entry) => log.add(entry),
  recording,
});
const bench = new Bench({ server, players, recording, onChange: () => showBench() });
const faultPanel = new FaultPanel(bench);

showMode(config);
showLinkProblems([...opened.problems, ...findUnavailable(opened, config)]);
if (opened.faults && config.mode !== 'incomplete') await server.changeFaults(opened.faults);
const faultsAtFirst: Faults = server.faults;
watchRequests(recording, config, () => findSource()?.tokenEndpoint);
startSnippet();
if (config.mode !== 'incomplete') faultPanel.start(config);
listenToSettings((chosen) => play(chosen, true));
addEventListener('popstate', () => play(parseLink(location.search).settings, false));
play(settings, false);
bench.schedule(opened.deeds.filter(({ deed }) => canDo(deed, config)));

const toLinkOfAll = (): string => toAddress({ settings, faults: faultsAtFirst, deeds: bench.done });
new TimelinePanel(recording, toLinkOfAll).start();
startCopyButton('copy-link', toLinkOfAll);
new OwnPanel((account) => {
  ownSource = account && toSource(account, config);
  play(settings, false);
}).start();

function play(chosen: Settings, isStep: boolean): void {
  settings = chosen;
  showSettings(settings);
  players.update(settings, findSource());
  showSnippet(config, settings);
  keepAddress(isStep);
}

function findSource(): Source | undefined {
  return ownSource ?? resolveSource(config, settings);
}

function showBench(): void {
  faultPanel.show();
  keepAddress(false);
}

/** The address has what is chosen, what is broken now, and what it said to do. */
function keepAddress(isStep: boolean): void {
  writeAddress({ settings, faults: server.faults, deeds: opened.deeds }, isStep);
}
