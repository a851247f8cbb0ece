namespace GuardsExample;

internal static class Program
{
    private static void Foo() { }

    private static void Main(string[] args)
    {
        if (args.Length > 0)
        {
            Foo();
        }
    }
}
