// For components that follow the player: `show(frame)` at every frame, until the component leaves the page.
// frame: { epoch, numbers: name → numbers at that epoch, or null while they are on their way, near: those of the frame
// before, scene, link: the address of what is seen }.
function followPlayer(root, show) {
  const follow = () => window.playerFrame && show(window.playerFrame);
  document.addEventListener("playerframe", follow);
  follow();
  return {
    follow,
    // Streamlit also calls this before every rerun: only a component that is no longer on the page lets go.
    leave: (then) =>
      setTimeout(() => {
        if ((root.host ?? root).isConnected) return;
        document.removeEventListener("playerframe", follow);
        then();
      }),
  };
}
