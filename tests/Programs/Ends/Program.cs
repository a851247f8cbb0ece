using System.Globalization;

namespace Ends;

/// <summary>A program that ends in the way, or shows the part of its surroundings, that its first argument names.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string what = args[0];
        return what switch
        {
            "return" => Ways.Return(int.Parse(args[1], CultureInfo.InvariantCulture)),
            "exit" => Ways.Exit(int.Parse(args[1], CultureInfo.InvariantCulture)),
            "throw" => Ways.Throw(),
            "throw-on-thread" => Ways.ThrowOnThread(),
            "fail-fast" => Ways.FailFast(),
            "overflow" => Ways.Overflow(0),
            "wait" => Ways.Wait(),
            "wait-and-end-well" => Ways.WaitAndEndWell(),
            "cancel" => Ways.WaitForCancel(),
            _ => Surroundings.Show(what, args),
        };
    }
}
