using Edgewise.Exploration.Engines.Workers;
using Explored;

// Explored SLOT-FILE [delays]: a worker whose target climbs floors, and whose root seed says what else may happen to it.
// Explored SLOT-FILE early|asleep: a worker that is never ready.
string way = args.Length > 1 ? args[1] : "";
if (way == "early")
{
    Console.Error.WriteLine("no such simulation");
    return 3;
}

if (way == "asleep")
{
    Thread.Sleep(Timeout.Infinite);
}

WorkerLoop.Run(new FloorTarget { HasRandomDelays = way == "delays", OwnsPages = way != "unowned" }, args[0]);
return 0;
