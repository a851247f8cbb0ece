using Edgewise.Cli;
using Edgewise.Cli.Commands;

return EdgewiseCommand.Invoke(InvokedName.AddTo(args), Console.Out, Console.Error);
