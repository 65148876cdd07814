export function SessionsScreen() {
  return <h1>SessionsScreen</h1>;
}
