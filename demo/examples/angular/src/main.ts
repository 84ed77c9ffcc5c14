// Compiles templates in the page; a project of the Angular CLI, which does it before, leaves this out.
import '@angular/compiler';
import { bootstrapApplication } from '@angular/platform-browser';
import { Lesson } from './lesson';

bootstrapApplication(Lesson).catch(console.error);
