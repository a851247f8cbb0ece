namespace SelfObserver;

/// <summary>Code to reach or not to reach.</summary>
internal static class Code
{
    public static int Early(int number) => number > 0 ? number + 1 : number - 1;

    public static int Late(int number)
    {
        int sum = 0;
        for (int i = 0; i < number; i++)
        {
            sum += i;
        }

        return sum;
    }
}
