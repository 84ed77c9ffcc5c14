import { Lesson } from './lesson';

export default function Page() {
  return (
    <main>
      <h1>Lesson 1</h1>
      <Lesson videoId="5d5bc37ffcf54c9b82e996823bffbb81" />
    </main>
  );
}
