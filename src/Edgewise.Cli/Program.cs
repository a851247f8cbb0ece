using Edgewise.Cli;

return EdgewiseCommand.Invoke(args, Console.Out, Console.Error);
