import 'signed-stream';
