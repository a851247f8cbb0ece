using Edgewise.Cli;
using Edgewise.Cli.Commands;
using Edgewise.Fuzzing.Afl;
using Edgewise.Fuzzing.Running;

return WorkerMain.RunIfOrdered() ?? AflMain.RunIfOrdered(args) ?? EdgewiseCommand.Invoke(InvokedName.AddTo(args), Console.Out, Console.Error);
