using Edgewise.Cli.Commands.Sancov;


namespace Edgewise.Tests.Cli.Sancov;

public sealed class SancovSpellingTests
{
    [Theory]
    [InlineData("sancov -print a.1.sancov", "sancov print a.1.sancov")]
    [InlineData("sancov --print-coverage-stats a.out a.out.1.sancov", "sancov stats --skip-dead-files=true a.out a.out.1.sancov")]
    [InlineData("sancov -merge one.symcov", "sancov symbolize --skip-dead-files=true one.symcov")]
    [InlineData("sancov -demangle=0 -covered-functions -skip-dead-files=0 a.out", "sancov covered-functions --demangle=false --skip-dead-files=false a.out")]
    [InlineData("sancov a.out -strip_path_prefix /src/ -symbolize", "sancov symbolize --skip-dead-files=true --strip-path-prefix=/src/ a.out")]
    [InlineData("sancov -symbolize --no-use_default_ignorelist -blacklist=x.txt a.out", "sancov symbolize --skip-dead-files=true --use-default-ignorelist=false --ignorelist=x.txt a.out")]
    [InlineData("sancov -html-report a.out a.out.1.sancov -o report", "sancov html-report --skip-dead-files=true --output=report a.out a.out.1.sancov")]
    [InlineData("sancov print a.1.sancov", "sancov print a.1.sancov")]
    [InlineData("run app.dll -print", "run app.dll -print")]
    public void LLVMs_words_become_ours(string line, string expected)
    {
        string[] translated = SancovSpelling.Translate(line.Split(' '), out string? error);

        Assert.Equal((expected, null), (string.Join(' ', translated), error));
    }

    [Theory]
    [InlineData("sancov -print -symbolize a", "only one action is allowed, not '-print' and '-symbolize' together")]
    [InlineData("sancov -merge -html-report a", "only one action is allowed, not '-merge' and '-html-report' together")]
    public void What_LLVM_refuses_is_refused(string line, string expected)
    {
        SancovSpelling.Translate(line.Split(' '), out string? error);

        Assert.Equal(expected, error);
    }
}
