import { Component, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import 'signed-stream';
import type { TokenChangeEvent } from 'signed-stream';

@Component({
  selector: 'app-lesson',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h1>Lesson 1</h1>
    <signed-stream
      #video
      video-id="5d5bc37ffcf54c9b82e996823bffbb81"
      token-endpoint="/api/stream-token"
      customer-code="example"
      player="hls"
      muted
      [tokenHeaders]="headers"
      (tokenchange)="take($event)"
      (play)="playing.set(true)"
      (pause)="playing.set(false)"
    ></signed-stream>
    <p>
      <button type="button" (click)="playing() ? video.pause() : video.play()">
        {{ playing() ? 'Pause' : 'Play' }}
      </button>
      <output>{{ until() }}</output>
    </p>
  `,
})
export class Lesson {
  readonly headers = { 'X-Lesson': '1' };
  readonly playing = signal(false);
  readonly until = signal('');

  take({ expiresAt }: TokenChangeEvent) {
    this.until.set(expiresAt ? `Yours until ${expiresAt.toLocaleTimeString()}` : '');
  }
}
