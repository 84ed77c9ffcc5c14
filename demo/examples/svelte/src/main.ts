import { mount } from 'svelte';
import Lesson from './Lesson.svelte';

const target = document.querySelector('#app');
if (target) mount(Lesson, { target });
