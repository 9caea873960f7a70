/** How a playlist begins that ffmpeg's HLS reader takes for one. */
export const PLAYLIST_MARK = '#EXTM3U';
/** A playlist of a day in two-second segments has 4 MB. */
export const LONGEST_PLAYLIST_BYTES = 8 * 1024 * 1024;

/** The value of an attribute that names a resource, in quotation marks or not, as ffmpeg reads both. */
const RESOURCE = /\bURI=(?:"([^"\r\n]*)"|([^,"\r\n]*))/g;

/**
 * A playlist with every address in it as `own` gives it; null where `own` knows one not, since it then leads away. Takes
 * time in proportion to its length.
 */
export const ownPlaylist = (text: string, own: (target: string) => string | null): string | null => {
  const owned: (string | null)[] = [];
  const replaced = (target: string): string => {
    const address = own(target);
    owned.push(address);
    return address ?? '';
  };
  const lines = text.split(/\r?\n|\r/).map((line) => {
    const bare = line.trim();
    if (bare === '') return bare;
    if (!bare.startsWith('#')) return replaced(bare);
    return bare.replace(
      RESOURCE,
      (_, quoted?: string, plain?: string) => `URI="${replaced((quoted ?? plain ?? '').trim())}"`,
    );
  });
  return owned.includes(null) ? null : lines.join('\n');
};
