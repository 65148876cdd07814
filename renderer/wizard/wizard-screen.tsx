export function WizardScreen() {
  return <h1>WizardScreen</h1>;
}
