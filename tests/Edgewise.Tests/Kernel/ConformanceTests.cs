using Edgewise.Tests.Kernel.Conformance;

namespace Edgewise.Tests.Kernel;

public sealed class ConformanceTests
{
    public static TheoryData<string> Names => [.. ConformanceChecks.All.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_kernel_does_what_is_expected_of_it(string name)
    {
        ConformanceCheck check = ConformanceChecks.All.Single(check => check.Name == name);

        string seen = RecordedKernel.Replay(name, check.Observe);

        Assert.Equal(check.Expected, seen);
    }

    [Fact]
    public void Every_recorded_check_is_still_run() => Assert.Equal(ConformanceChecks.All.Select(check => check.Name), RecordedKernel.Answers.Names);

    [Fact]
    public void The_boot_passed_every_check()
    {
        RecordedKernel.Tell();
        string[] results = File.ReadAllLines(File.Exists(RecordedKernel.PathOf("results.txt")) ? RecordedKernel.PathOf("results.txt") : RecordedKernel.PathOf("boot.log"));

        Assert.DoesNotContain(results, line => line.StartsWith("FAIL", StringComparison.Ordinal));
        Assert.Contains($"{ConformanceChecks.All.Count} of {ConformanceChecks.All.Count} checks passed", results);
        Assert.Contains(results, line => line.StartsWith("pass run /bin/nothing in mode 6", StringComparison.Ordinal));
    }

    [Fact]
    public void The_stand_in_refuses_calls_that_were_not_recorded()
    {
        const string check = "INIT_TRACE with 1 word";
        using ReplayedCalls calls = new(check, RecordedKernel.Answers.CallsOf(check)!);

        Assert.Throws<InvalidOperationException>(() => calls.Open("/dev/null"));
    }

    [Fact]
    public void Damaged_answers_are_refused_or_read_but_never_fail_otherwise()
    {
        string whole = File.ReadAllText(RecordedKernel.PathOf("answers.txt"))[..20_000];
        Random random = new(4);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            char[] text = whole.ToCharArray();
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                text[random.Next(text.Length)] = (char)random.Next(1, 128);
            }

            try
            {
                RecordedAnswers.Read(new string(text, 0, random.Next(text.Length)), "damaged");
            }
            catch (FormatException e)
            {
                Assert.StartsWith("damaged, line ", e.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 100, 2999);
    }
}
