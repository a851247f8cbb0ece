using System.Text;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Tests.Symbols.Symbolizer;

public sealed class TextPoolTests
{
    [Fact]
    public void Equal_bytes_give_one_text_however_many_there_are()
    {
        int finished = 0;
        TextPool pool = new(text =>
        {
            finished++;
            return text;
        });
        byte[][] names = [.. Enumerable.Range(0, 5000).Select(number => Encoding.UTF8.GetBytes($"name/{number}é"))];

        string[] first = [.. names.Select(name => pool.TextOf(name))], second = [.. names.Select(name => pool.TextOf(name))];

        Assert.Equal("name/4999é", first[4999]);
        Assert.All(first.Zip(second), pair => Assert.Same(pair.First, pair.Second));
        Assert.Equal(names.Length, finished);
    }
}
