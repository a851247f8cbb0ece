using SelfObserver;

if (typeof(Ways).GetMethod(string.Concat(args[0].Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))) is not { } way)
{
    Console.Error.WriteLine($"no way '{args[0]}'");
    return 2;
}

way.Invoke(null, null);
return 0;
