using EdgeLog;

namespace Deaths;

/// <summary>Goes through its code in an order that no two runs share, in loops and out of them, on two threads, until it is killed.</summary>
internal static class Program
{
    private static int s_sum;

    private static void Main(string[] args)
    {
        new Thread(() => Wander(new Random())) { IsBackground = true }.Start();
        Console.WriteLine($"ready {Environment.ProcessId}");
        Wander(args.Length > 0 ? new Random(args[0].Length) : new Random());
    }

    private static void Wander(Random random)
    {
        while (true)
        {
            PointLog.InLoop(true);
            for (int i = random.Next(50_000); i > 0; i--)
            {
                s_sum += Step(random.Next(1 << 14), i);
            }

            PointLog.InLoop(false);
            s_sum ^= Straight(random.Next(1 << 12));
        }
    }

    // Rare arms, so that new edges turn up long after the start.
    private static int Step(int number, int i) => (number & 0xFF) switch
    {
        0 => i > number ? 1 : 2,
        1 => Rare(number >> 8),
        2 or 3 or 5 or 7 or 11 or 13 => number % 3 == 0 ? i : -i,
        > 200 when i % 2 == 0 => 4,
        > 250 => 5,
        _ => 6,
    };

    private static int Rare(int number)
    {
        try
        {
            return number switch
            {
                0 => 100 / (number & 1),
                1 => 1,
                2 => 2,
                3 => 3,
                5 => 5,
                8 => 8,
                13 => 13,
                21 => 21,
                34 => 34,
                _ => number < 50 ? 50 : 51,
            };
        }
        catch (DivideByZeroException)
        {
            return -1;
        }
        finally
        {
            s_sum++;
        }
    }

    private static int Straight(int number)
    {
        int bits = 0;
        bits |= (number & 1) != 0 ? 1 : 2;
        bits |= (number & 14) == 14 ? 4 : 8;
        bits |= (number & 112) == 112 ? 16 : 32;
        bits |= number > 4090 ? 64 : 128;
        return bits;
    }
}
