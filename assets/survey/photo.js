// Photos are made small on the phone: no more than the limit, whatever the camera gives.
const shrink = async (file) => {
  const picture = await createImageBitmap(file);
  for (let side = 1280, quality = 0.8; side >= 320; side = Math.round(side * 0.8), quality = Math.max(0.5, quality - 0.05)) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = make("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob && blob.size <= data.photo_limit) return blob;
  }
  return null;
};