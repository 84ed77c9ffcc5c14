import 'hls-video-element';
